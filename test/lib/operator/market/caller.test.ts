import { parseMarkets } from "../../../../lib/markets.ts";
import { createAwsClients } from "../../../../lib/operator/market/aws-clients.ts";
import { callerOf } from "../../../../lib/operator/market/caller.ts";
import type { Target } from "../../../../lib/operator/market/target.ts";
import { loopbackServer } from "../../../lambdas/loopback-server.ts";
import { awsAt } from "../../aws-at.ts";

const ARN = "arn:aws:sts::000000000000:assumed-role/Operators/somchai";

/** Asks an AWS that answers so. */
async function callerAt(status: number, body: string, local?: string) {
  const server = await loopbackServer((_, response) => {
    response.writeHead(status, { "content-type": "text/xml" }).end(body);
  });
  const { origin } = server;
  const aws = createAwsClients("ap-southeast-1", awsAt(origin));
  const { Testland: settings } = parseMarkets({
    Testland: {
      awsRegion: "ap-southeast-1",
      genesysRegion: "eu-west-1",
      brands: { shop: { brand: "Shop" } },
    },
  });
  if (settings === undefined) throw new Error("no market");
  const target: Target = {
    market: "Testland",
    settings,
    stackName: "s",
    region: "ap-southeast-1",
    local,
    platforms: { lineApi: origin, genesysApi: origin, genesysLogin: origin },
    aws,
  };
  const caller = await callerOf(target);
  for (const client of Object.values(aws)) client.destroy();
  await server.close();
  return { caller, asked: server.requests.length };
}

const identity = `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>${ARN}</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>`;

describe("who runs the command", () => {
  it("is whom AWS knows", async () => {
    expect(await callerAt(200, identity)).toEqual({ caller: ARN, asked: 1 });
  });

  it("is unknown where AWS does not say", async () => {
    expect((await callerAt(403, "")).caller).toBe("unknown");
  });

  it("is local for a bridge on this machine, and nobody is asked", async () => {
    const asked = await callerAt(200, identity, "http://127.0.0.1:3000");
    expect(asked).toEqual({ caller: "local", asked: 0 });
  });
});
