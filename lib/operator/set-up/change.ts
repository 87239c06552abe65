/** Something that set-up will do, said before it is done: "will <text>". */
export interface Change {
  text: string;
  apply(): Promise<void>;
}
