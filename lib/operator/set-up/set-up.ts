import type { Clock } from "../clock.ts";
import type { GivenCredentials } from "../credentials/given-credentials.ts";
import { describeError, isAccessDenied, UsageError } from "../errors.ts";
import { readConcurrency } from "../market/concurrency.ts";
import { type BrandStack, chooseBrands, readStack } from "../market/stack.ts";
import type { Target } from "../market/target.ts";
import type { Terminal } from "../terminal.ts";
import { applyChanges } from "./apply-changes.ts";
import { gatherChannel, retypeChannel } from "./gather-channel.ts";
import { gatherClients, retypeClients } from "./gather-clients.ts";
import { leftToDo } from "./left-to-do.ts";
import { planGenesys } from "./plan-genesys.ts";
import { type LinePlan, planLine } from "./plan-line.ts";
import { type Proof, proveBrand } from "./prove-brand.ts";
import type { Step } from "./steps/step.ts";
import { untilAccepted } from "./until-accepted.ts";

export interface SetUpReport {
  market: string;
  /** Every proof has succeeded. */
  ok: boolean;
  brands: { brand: string; changed: string[]; proofs: Proof[]; leftToDo: Step[] }[];
}

interface SetUpOptions {
  brand?: string | undefined;
  given: GivenCredentials;
  /** The name of the inbound message flow that gets the messages. */
  flow?: string | undefined;
  /** Whether the integration gets a new webhook secret, though the bridge knows the one that it has. */
  renewsSecret?: boolean | undefined;
}

/**
 * Stores the credentials of one brand or all brands of a market, creates or updates the integration in
 * Genesys Cloud with what belongs to it and the webhook URL at LINE, and proves both ways in. Changes nothing that is
 * right already. Throws UsageError if an input is missing, OperatorError and the bridge's own failures if a platform
 * refuses. The changes before that stay, and a second run continues from there.
 */
export async function setUp(
  target: Target,
  options: SetUpOptions,
  terminal: Terminal,
  clock: Clock,
): Promise<SetUpReport> {
  const stack = await readStack(target);
  const brands = chooseBrands(stack, options.brand);
  refuseSharedChannel(brands, options.given);
  await warnOfConcurrency(target, terminal);
  const report: SetUpReport = { market: target.market, ok: true, brands: [] };
  for (const brand of brands) {
    const result = await setUpBrand(brand, target, options, terminal, clock);
    report.brands.push(result);
    report.ok &&= result.proofs.every(({ isOk }) => isOk);
  }
  return report;
}

/** Before there is traffic, since AWS takes days to raise the quota. What AWS does not tell is no reason to stop. */
async function warnOfConcurrency(target: Target, { print }: Terminal): Promise<void> {
  const concurrency = await readConcurrency(target).catch((error: unknown) => {
    const fix = isAccessDenied(error) ? " Allow lambda:GetAccountSettings to whoever asks." : "";
    print(`Lambda concurrency could not be read: ${describeError(error)}${fix}`);
  });
  if (concurrency === undefined || concurrency.isEnough) return;
  print(`${concurrency.text}.`);
  print(`  → ${concurrency.fix}`);
}

function refuseSharedChannel(brands: BrandStack[], given: GivenCredentials): void {
  if (brands.length === 1) return;
  const { lineChannelId, lineChannelSecret, lineChannelAccessToken } = given;
  if ((lineChannelId ?? lineChannelSecret ?? lineChannelAccessToken) === undefined) return;
  const keys = brands.map(({ key }) => key).join(", ");
  throw new UsageError(
    `--brand is missing: a LINE channel belongs to one brand; choose one of ${keys}`,
  );
}

async function setUpBrand(
  brand: BrandStack,
  target: Target,
  { given, flow, renewsSecret = false }: SetUpOptions,
  terminal: Terminal,
  clock: Clock,
): Promise<SetUpReport["brands"][number]> {
  terminal.print(`${brand.name} (${brand.key})`);
  // All questions come first, so that nobody has to wait at the keyboard.
  const channel = await gatherChannel(brand, target, given, terminal);
  const clients = await gatherClients(
    brand,
    target,
    { given, isSeen: flow !== undefined || renewsSecret },
    terminal,
  );
  const line = await untilAccepted(
    channel,
    (current) => terminal.progress("Asking LINE …", () => planLine(brand, target, current)),
    retypeChannel,
    terminal,
  );
  const genesys = await untilAccepted(
    clients,
    (current) =>
      terminal.progress("Asking Genesys Cloud …", () =>
        planGenesys(brand, target, current, { flow, renewsSecret }, clock),
      ),
    retypeClients,
    terminal,
  );
  terminal.print(`  LINE account ${line.basicId}`);
  for (const note of genesys.notes) terminal.print(`  ${note}`);
  const changes = [...line.storeSecret, ...genesys.changes, ...line.setWebhook];
  const { changed, byHand } = await applyChanges(changes, terminal);
  const proofs = await prove(brand, target, line, terminal, clock);
  const steps = await leftToDo(line.account, [...genesys.byHand, ...byHand]);
  terminal.print("  Left to do by hand:");
  for (const { text, isDone } of steps) terminal.print(`    ${isDone ? "✓" : "•"} ${text}`);
  return {
    brand: brand.key,
    changed,
    proofs,
    leftToDo: steps,
  };
}

async function prove(
  brand: BrandStack,
  target: Target,
  { account }: LinePlan,
  terminal: Terminal,
  clock: Clock,
): Promise<Proof[]> {
  const proofs = await terminal.progress("Proving that both platforms reach the bridge …", () =>
    proveBrand(brand, target, account, clock),
  );
  for (const { isOk, text } of proofs) terminal.print(`  ${isOk ? "✓" : "✗"} ${text}`);
  return proofs;
}
