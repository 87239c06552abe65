import type { PlatformSettings } from "../platforms.ts";
import type {
  Interfere,
  SimulatorAnswer,
  SimulatorRequest,
} from "../simulators/simulator-server.ts";

/** A request of the bridge to a platform, with its answer. */
export interface Call {
  to: "LINE" | "Genesys";
  request: SimulatorRequest;
  /** Undefined where the connection was cut. */
  answer: SimulatorAnswer | undefined;
  /** Start of the request, milliseconds since 1970. */
  at: number;
  milliseconds: number;
}

/** The settings, with all requests to the simulators told, also those that somebody interferes with. */
export function watchCalls(
  settings: PlatformSettings,
  onCall: (call: Call) => void,
): PlatformSettings {
  const watched =
    (to: Call["to"], interfere: Interfere = (_request, pass) => pass()): Interfere =>
    async (request, pass) => {
      const at = Date.now();
      const started = performance.now();
      const answer = await interfere(request, pass);
      const milliseconds = Math.round(performance.now() - started);
      onCall({ to, request, answer, at, milliseconds });
      return answer;
    };
  const { line, genesys } = settings;
  return {
    line: { ...line, interfere: watched("LINE", line?.interfere) },
    genesys: { ...genesys, interfere: watched("Genesys", genesys?.interfere) },
  };
}
