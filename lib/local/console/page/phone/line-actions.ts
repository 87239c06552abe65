/** An action object. */
export interface Action {
  type: string;
  label?: string;
  text?: string;
  data?: string;
  displayText?: string;
  uri?: string;
  clipboardText?: string;
  mode?: "date" | "time" | "datetime";
  initial?: string;
  min?: string;
  max?: string;
}

/** An area of an imagemap, in the pixels of its base size; its link has another name than that of other actions. */
export interface ImagemapAction extends Action {
  linkUri?: string;
  area: { x: number; y: number; width: number; height: number };
}

/** Performs an action object. */
export type Act = (action: Action | undefined) => unknown;
