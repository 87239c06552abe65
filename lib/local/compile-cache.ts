import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Where the processes of a run find what Node has compiled once, TypeScript included: what
 * `enableCompileCache()` takes in this process. https://nodejs.org/api/module.html#module-compile-cache
 */
export function compileCache(): string {
  return process.env.NODE_COMPILE_CACHE ?? join(tmpdir(), "node-compile-cache");
}
