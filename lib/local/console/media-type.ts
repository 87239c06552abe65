/** A media type that can stand in a header, for example `text/plain; charset=utf-8`. */
export const MEDIA_TYPE = /^[\w.+-]+\/[\w.+-]+(?:; *[\w.+-]+=[\w.+-]+)*$/;
