import * as z from "zod";

export interface GatewayResponse {
  status: number;
  headers: Record<string, string | string[]>;
  body: Buffer;
}

const structured = z.object({
  statusCode: z.int().min(100).max(599),
  headers: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String))
    .nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
  cookies: z.array(z.string()).nullish(),
});

const hasStatusCode = z.looseObject({ statusCode: z.unknown() });

/**
 * Turns what a function returned (payload format 2.0) into the answer that API Gateway gives. A
 * value without `statusCode` is the body of a 200 in JSON. Undefined when API Gateway would call the
 * value malformed.
 */
export function gatewayResponse(payload: unknown): GatewayResponse | undefined {
  if (!hasStatusCode.safeParse(payload).success) {
    return {
      status: 200,
      headers: { "content-type": "application/json" },
      body: Buffer.from(typeof payload === "string" ? payload : JSON.stringify(payload)),
    };
  }
  const result = structured.safeParse(payload);
  if (!result.success) return undefined;
  const { statusCode, headers, body, isBase64Encoded, cookies } = result.data;
  return {
    status: statusCode,
    headers: {
      "content-type": "text/plain;charset=UTF-8",
      ...Object.fromEntries(
        Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
      ),
      ...(cookies == null ? {} : { "set-cookie": cookies }),
    },
    body: Buffer.from(body ?? "", isBase64Encoded === true ? "base64" : "utf8"),
  };
}

/** An answer of API Gateway itself. */
export function gatewayMessage(status: number, message: string): GatewayResponse {
  return {
    status,
    headers: { "content-type": "application/json" },
    body: Buffer.from(JSON.stringify({ message })),
  };
}
