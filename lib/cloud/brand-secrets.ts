import { RemovalPolicy, SecretValue, Validations } from "aws-cdk-lib";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import {
  genesysSecretName,
  lineSecretName,
  SECRET_PLACEHOLDER,
} from "../../lambdas/shared/contract/secret-names.ts";
import type { NamedMarket } from "../markets.ts";
import type { BridgeFunction } from "./bridge-function.ts";

/** Without `channelAccessToken`, which is optional: the bridge gets short-lived tokens itself. */
const LINE_FIELDS = ["channelId", "channelSecret"];
const GENESYS_FIELDS = ["clientId", "clientSecret", "integrationId", "webhookSecret"];

/** Two secrets per brand, made with placeholders; set-up stores the values after the first deployment. */
export class BrandSecrets extends Construct {
  readonly #line: Secret[];
  readonly #genesys: Secret[];

  constructor(scope: Construct, id: string, market: NamedMarket) {
    super(scope, id);
    const brandKeys = Object.keys(market.brands);
    this.#line = brandKeys.map((key) =>
      this.#secret(`${key}-line`, lineSecretName(market.name, key), LINE_FIELDS),
    );
    this.#genesys = brandKeys.map((key) =>
      this.#secret(`${key}-genesys`, genesysSecretName(market.name, key), GENESYS_FIELDS),
    );
  }

  /** Lets the function read the LINE channel secret of each brand. */
  allowReadLine(reader: BridgeFunction): void {
    allowRead(reader, this.#line);
  }

  /** Lets the function read the Genesys credentials of each brand. */
  allowReadGenesys(reader: BridgeFunction): void {
    allowRead(reader, this.#genesys);
  }

  #secret(id: string, secretName: string, fields: string[]): Secret {
    // CloudFormation writes the value when the template's changes. It never changes: names and
    // placeholders are constant, so a deployment leaves the stored credentials alone.
    const placeholder = SecretValue.unsafePlainText(SECRET_PLACEHOLDER);
    const secret = new Secret(this, id, {
      secretName,
      secretObjectValue: Object.fromEntries(fields.map((field) => [field, placeholder])),
      // Not RETAIN: a retained name would make the next deployment of the same brand fail, and the
      // credentials of a brand that is gone should not stay behind. LINE and Genesys can show or
      // renew all of them, and set-up stores them again.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    Validations.of(secret).acknowledge({
      id: "AwsSolutions-SMG4",
      reason:
        "LINE channel secrets and Genesys OAuth clients are renewed in the consoles of LINE and Genesys; Secrets Manager has no way to rotate them.",
    });
    return secret;
  }
}

function allowRead(reader: BridgeFunction, secrets: Secret[]): void {
  reader.allow(
    ["secretsmanager:GetSecretValue"],
    secrets.map((secret) => secret.secretArn),
  );
}
