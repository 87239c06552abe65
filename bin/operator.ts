import { exitCodeOf } from "../lib/operator/exit-code.ts";
import { createProgram } from "../lib/operator/program.ts";

try {
  await createProgram().parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}
// A request that was given up may still wait for its answer.
process.exit();
