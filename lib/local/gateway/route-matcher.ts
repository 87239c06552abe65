export interface RouteMatch<Route> {
  route: Route;
  /** Decoded. */
  pathParameters: Record<string, string>;
}

/**
 * Finds the route of an HTTP API for a request, the most specific first, as API Gateway does:
 * plain segments before `{name}` before `{name+}`, a method before ANY, `$default` last.
 */
export function matchRoute<Route extends { routeKey: string }>(
  routes: readonly Route[],
  method: string,
  path: string,
): RouteMatch<Route> | undefined {
  return routes
    .flatMap((route) => {
      const match = matchKey(route.routeKey, method, path);
      return match === undefined ? [] : [{ route, ...match }];
    })
    .sort((a, b) => b.rank.localeCompare(a.rank))
    .at(0);
}

function matchKey(
  routeKey: string,
  method: string,
  path: string,
): { pathParameters: Record<string, string>; rank: string } | undefined {
  if (routeKey === "$default") return { pathParameters: {}, rank: "" };
  const [keyMethod, keyPath = ""] = routeKey.split(" ");
  if (keyMethod !== "ANY" && keyMethod !== method) return undefined;

  const wanted = keyPath.split("/").slice(1);
  const given = path.split("/").slice(1);
  const pathParameters: Record<string, string> = {};
  // One digit per segment, the first segment first: it counts most.
  let rank = "";
  for (const [index, segment] of wanted.entries()) {
    const name = /^\{(.+?)(\+?)\}$/.exec(segment);
    const value = name?.[2] === "+" ? given.slice(index).join("/") : given[index];
    if (value === undefined || (name !== null && value === "")) return undefined;
    if (name === null && value !== segment) return undefined;
    if (name?.[1] !== undefined) pathParameters[name[1]] = decode(value);
    rank += name === null ? "3" : name[2] === "+" ? "1" : "2";
    if (name?.[2] === "+") return { pathParameters, rank: `${rank}${methodRank(keyMethod)}` };
  }
  if (given.length !== wanted.length) return undefined;
  return { pathParameters, rank: `${rank}${methodRank(keyMethod)}` };
}

function methodRank(method: string): string {
  return method === "ANY" ? "0" : "1";
}

/** A faulty escape stays as it is. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
