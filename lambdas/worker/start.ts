/** What Lambda loads: the function, made ready for its first event. */
import { handler, prepare } from "./index.ts";

await prepare();

export { handler };
