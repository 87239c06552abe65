import { enableCompileCache } from "node:module";
import { READER_LEFT, whenReaderLeaves } from "../lib/when-reader-leaves.ts";

// What Node has compiled once, TypeScript included, is kept for the next start.
enableCompileCache();
const { exitCodeOf } = await import("../lib/operator/exit-code.ts");
const { createProgram } = await import("../lib/operator/program.ts");

whenReaderLeaves(() => process.exit(READER_LEFT));
try {
  await createProgram().parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}
// A request that was given up may still wait for its answer.
process.exit();
