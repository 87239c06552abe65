import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { TemplateError } from "./template-error.ts";

const resourceSchema = z.object({
  Type: z.string(),
  Condition: z.string().optional(),
  Properties: z.record(z.string(), z.unknown()).default({}),
});

const templateSchema = z.object({
  Parameters: z.record(z.string(), z.object({ Default: z.string().optional() })).default({}),
  Resources: z.record(z.string(), resourceSchema),
  Outputs: z
    .record(z.string(), z.object({ Value: z.unknown(), Description: z.string().optional() }))
    .default({}),
});

const assetsSchema = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.object({ path: z.string().optional() }),
      destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
    }),
  ),
});

export interface TemplateResource {
  logicalId: string;
  type: string;
  properties: Record<string, unknown>;
}

/** A synthesized stack as its files say it; nothing is resolved yet. */
export interface Template {
  stackName: string;
  parameters: Record<string, string>;
  resources: TemplateResource[];
  outputs: { key: string; value: unknown; description: string | undefined }[];
  /** The directory of each asset, by the S3 key that a deployment would upload it to. */
  assetDirectories: ReadonlyMap<string, string>;
}

/**
 * Reads `<assembly>/<stack>.template.json` and its asset manifest. Throws when a file is missing
 * or has another shape than CDK writes.
 */
export function readTemplate(assemblyDirectory: string, stackName: string): Template {
  const read = (suffix: string): unknown =>
    JSON.parse(readFileSync(join(assemblyDirectory, `${stackName}.${suffix}.json`), "utf8"));
  const template = templateSchema.parse(read("template"));
  const assets = assetsSchema.parse(read("assets"));

  return {
    stackName,
    parameters: Object.fromEntries(
      Object.entries(template.Parameters).flatMap(([name, { Default }]) =>
        Default === undefined ? [] : [[name, Default]],
      ),
    ),
    resources: Object.entries(template.Resources).map(([logicalId, resource]) => {
      // CDK puts a condition only on its own metadata resource, which the local run does not need.
      if (resource.Condition !== undefined && resource.Type !== "AWS::CDK::Metadata") {
        throw new TemplateError(logicalId, "conditions are not supported by the local run");
      }
      return { logicalId, type: resource.Type, properties: resource.Properties };
    }),
    outputs: Object.entries(template.Outputs).map(([key, { Value, Description }]) => ({
      key,
      value: Value,
      description: Description,
    })),
    assetDirectories: new Map(
      Object.values(assets.files).flatMap(({ source, destinations }) =>
        Object.values(destinations).map(({ objectKey }) => [
          objectKey,
          join(assemblyDirectory, source.path ?? ""),
        ]),
      ),
    ),
  };
}
