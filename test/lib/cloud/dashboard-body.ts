import type { Template } from "aws-cdk-lib/assertions";

export interface Widget {
  type: string;
  x: number;
  y: number;
  width: number;
  height: number;
  properties: {
    title?: string;
    markdown?: string;
    alarms?: string[];
    region?: string;
    metrics?: unknown[][];
  };
}

/** The widgets as CloudWatch will see them; references become `<logical id>` or `<pseudo parameter>`. */
export function widgetsOf(template: Template): Widget[] {
  const [dashboard] = Object.values(template.findResources("AWS::CloudWatch::Dashboard"));
  const parts: unknown[] = dashboard?.Properties.DashboardBody["Fn::Join"][1];
  const body = parts.map((part) => (typeof part === "string" ? part : reference(part))).join("");
  return JSON.parse(body).widgets;
}

function reference(part: unknown): string {
  return `<${/"(?:Ref|Fn::GetAtt)":\[?"([\w:]+)"/.exec(JSON.stringify(part))?.[1]}>`;
}
