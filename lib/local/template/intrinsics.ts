import * as z from "zod";
import { TemplateError } from "./template-error.ts";

/** What CloudFormation knows about a resource once it exists. */
export interface ResourceAttributes {
  /** Value of `Ref`. */
  ref: string;
  /** Values of `Fn::GetAtt`, by attribute name. */
  attributes: Record<string, string>;
}

export interface Scope {
  region: string;
  accountId: string;
  stackName: string;
  parameters: Record<string, string>;
  resources: ReadonlyMap<string, ResourceAttributes>;
}

type Resolve = (argument: unknown) => unknown;

/**
 * Replaces the CloudFormation functions in a part of a template. `logicalId` names the part in
 * errors. Throws TemplateError for a function, a resource or an attribute that is not known here.
 */
export function resolveIntrinsics(value: unknown, scope: Scope, logicalId: string): unknown {
  const resolve: Resolve = (part) => {
    if (typeof part === "string") return rejectDynamicReference(part, logicalId);
    if (Array.isArray(part)) return part.map(resolve).filter((item) => item !== undefined);
    if (typeof part !== "object" || part === null) return part;
    const entries = Object.entries(part);
    const [first] = entries;
    if (entries.length === 1 && first !== undefined && isIntrinsic(first[0])) {
      return resolveFunction(first[0], first[1], resolve, scope, logicalId);
    }
    return Object.fromEntries(
      entries.map(([key, item]) => [key, resolve(item)]).filter(([, item]) => item !== undefined),
    );
  };
  return resolve(value);
}

function isIntrinsic(key: string): boolean {
  return key === "Ref" || key.startsWith("Fn::");
}

function rejectDynamicReference(text: string, logicalId: string): string {
  if (text.includes("{{resolve:")) {
    throw new TemplateError(logicalId, "dynamic references ({{resolve:…}}) are not supported here");
  }
  return text;
}

const joinArguments = z.tuple([z.string(), z.array(z.string())]);
const splitArguments = z.tuple([z.string(), z.string()]);
const selectArguments = z.tuple([z.coerce.number().int().min(0), z.array(z.string())]);
const getAttArguments = z.union([
  z.tuple([z.string(), z.string()]),
  z.string().includes(".").transform(splitAtFirstDot),
]);
const subArguments = z.union([
  z.string().transform((text): [string, Record<string, string>] => [text, {}]),
  z.tuple([z.string(), z.record(z.string(), z.string())]),
]);

function resolveFunction(
  name: string,
  argument: unknown,
  resolve: Resolve,
  scope: Scope,
  logicalId: string,
): unknown {
  const parse = <Schema extends z.ZodType>(schema: Schema): z.infer<Schema> => {
    const result = schema.safeParse(resolve(argument));
    if (result.success) return result.data;
    throw new TemplateError(logicalId, `${name} has arguments that it cannot take`);
  };
  switch (name) {
    case "Ref":
      return reference(parse(z.string()), scope, logicalId);
    case "Fn::GetAtt":
      return attribute(...parse(getAttArguments), scope, logicalId);
    case "Fn::Join": {
      const [separator, parts] = parse(joinArguments);
      return parts.join(separator);
    }
    case "Fn::Split": {
      const [separator, text] = parse(splitArguments);
      return text.split(separator);
    }
    case "Fn::Select": {
      const [index, items] = parse(selectArguments);
      const item = items[index];
      if (item === undefined) throw new TemplateError(logicalId, `Fn::Select has no item ${index}`);
      return item;
    }
    case "Fn::Sub":
      return substitute(...parse(subArguments), scope, logicalId);
    default:
      throw new TemplateError(logicalId, `${name} is not supported by the local run`);
  }
}

/** `${!Name}` stands for the text `${Name}`. */
function substitute(
  text: string,
  values: Record<string, string>,
  scope: Scope,
  logicalId: string,
): string {
  return text.replace(/\$\{(!?)([^}]+)\}/g, (_match, literal: string, name: string) => {
    if (literal === "!") return `\${${name}}`;
    const value = values[name];
    if (value !== undefined) return value;
    if (name.includes(".")) return attribute(...splitAtFirstDot(name), scope, logicalId);
    const referred = reference(name, scope, logicalId);
    if (referred === undefined) {
      throw new TemplateError(logicalId, `Fn::Sub cannot insert ${name}`);
    }
    return referred;
  });
}

function splitAtFirstDot(text: string): [string, string] {
  const dot = text.indexOf(".");
  return [text.slice(0, dot), text.slice(dot + 1)];
}

/** Undefined for AWS::NoValue, which removes its property. */
function reference(name: string, scope: Scope, logicalId: string): string | undefined {
  switch (name) {
    case "AWS::Region":
      return scope.region;
    case "AWS::AccountId":
      return scope.accountId;
    case "AWS::Partition":
      return "aws";
    case "AWS::URLSuffix":
      return "amazonaws.com";
    case "AWS::StackName":
      return scope.stackName;
    case "AWS::NoValue":
      return undefined;
    default: {
      const value = scope.parameters[name] ?? scope.resources.get(name)?.ref;
      if (value === undefined) {
        throw new TemplateError(logicalId, `refers to ${name}, which does not exist here`);
      }
      return value;
    }
  }
}

function attribute(name: string, key: string, scope: Scope, logicalId: string): string {
  const value = scope.resources.get(name)?.attributes[key];
  if (value === undefined) {
    throw new TemplateError(logicalId, `refers to ${name}.${key}, which does not exist here`);
  }
  return value;
}
