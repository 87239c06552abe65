/** Something that set-up will do. It says so before it does it: "will <text>". */
export interface Change {
  text: string;
  apply(): Promise<void>;
}
