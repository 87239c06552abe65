import { createProgram, exitCodeOf } from "../lib/operator/program.ts";

try {
  await createProgram().parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}
