import { spawn } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { text } from "node:stream/consumers";
import * as z from "zod";
import { NODE, type Start } from "../start/fresh-process.ts";

/** A request to a warm process, and what its answer must contain. */
export interface WarmRequest {
  path: string;
  headers: Record<string, string>;
  body: string;
  expected: string;
}

const invoked = z.object({
  /** ms of a processor for all invocations, by the process and the kernel for it. */
  cpu: z.number(),
  /** ms by the clock, for each. */
  wall: z.array(z.number()),
  /** JSON. */
  answers: z.array(z.string()),
});

export type Invoked = z.infer<typeof invoked>;

/** A process that has loaded a bundle and waits for requests. */
export interface WarmProcess {
  /** Throws where the answer is another than the expected one. */
  ask(asked: WarmRequest): Promise<void>;
  /** Invokes a function once with each event (JSON), one after the other. Throws where an answer is not `expected`. */
  invoke(events: readonly string[], expected: string): Promise<Invoked>;
  /** ms of a processor since its start, by the process and the kernel for it. */
  cpu(): Promise<number>;
  close(): Promise<void>;
}

const said = z.object({ port: z.number().optional(), cpu: z.number().optional() });

/** `program` is warm-process.ts, bundled. Throws with what the process has written if it does not start. */
export async function keepWarm(
  start: Pick<Start, "program" | "bundle" | "environment">,
): Promise<WarmProcess> {
  const { program, bundle, environment } = start;
  const stdio = ["ignore", "pipe", "pipe", "ipc"] as const;
  const child = spawn(NODE, [program, bundle], { env: environment, stdio: [...stdio] });
  // The functions' logs; a full pipe would stop them.
  child.stdout?.resume();
  let errors = "";
  child.stderr?.on("data", (chunk) => {
    errors += chunk;
  });
  const ended = once(child, "close");
  const told = async () => {
    const failed = ended.then(() => Promise.reject(new Error(`${bundle} has ended:\n${errors}`)));
    const [message] = await Promise.race([once(child, "message"), failed]);
    return said.parse(message);
  };
  const { port } = await told();
  const agent = new Agent({ keepAlive: true });

  async function post(path: string, headers: Record<string, string>, body: string) {
    const asked = request({ port, agent, host: "127.0.0.1", method: "POST", path, headers });
    const answered = once(asked, "response");
    asked.end(body);
    const [response] = await answered;
    return text(response);
  }

  function check(answer: string, expected: string): void {
    if (answer.includes(expected)) return;
    throw new Error(`${bundle} answered ${answer}, not ${expected}`);
  }

  return {
    async ask({ path, headers, body, expected }) {
      check(await post(path, headers, body), expected);
    },
    async invoke(events, expected) {
      const answer = invoked.parse(JSON.parse(await post("/", {}, JSON.stringify(events))));
      for (const each of answer.answers) check(each, expected);
      return answer;
    },
    async cpu() {
      const answer = told();
      child.send("cpu");
      return (await answer).cpu ?? Number.NaN;
    },
    async close() {
      agent.destroy();
      child.kill();
      await ended;
    },
  };
}
