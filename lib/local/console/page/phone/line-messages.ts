/** What the page reads of LINE's message objects. */
export interface LineMessage {
  type: string;
  text?: string;
  altText?: string;
  packageId?: string;
  stickerId?: string;
  originalContentUrl?: string;
  previewImageUrl?: string;
  title?: string;
  address?: string;
  latitude?: number;
  longitude?: number;
  markAsReadToken?: string;
  quickReply?: { items?: { action: Action }[] };
  template?: Template;
  contents?: FlexPart;
}

/** An action object. */
export interface Action {
  type: string;
  label?: string;
  text?: string;
  data?: string;
  displayText?: string;
  uri?: string;
  mode?: "date" | "time" | "datetime";
  initial?: string;
  min?: string;
  max?: string;
}

export interface Template extends Column {
  type?: string;
  columns?: Column[];
}

export interface Column {
  thumbnailImageUrl?: string;
  imageUrl?: string;
  title?: string;
  text?: string;
  actions?: Action[];
  action?: Action;
}

/** A container, a bubble or a component of a Flex Message. */
export interface FlexPart {
  type: string;
  contents?: FlexPart[];
  header?: FlexPart;
  hero?: FlexPart;
  body?: FlexPart;
  footer?: FlexPart;
  action?: Action;
  layout?: string;
  text?: string;
  weight?: string;
  url?: string;
  previewUrl?: string;
}

/** Performs an action object. */
export type Act = (action: Action | undefined) => unknown;
