import { spawnSync } from "node:child_process";
import { HOLDS_DATA, lossesIn } from "../../.ci/losses-in.ts";
import { synthesize } from "../lib/cloud/synthesize.ts";

interface Change {
  Action: string;
  LogicalResourceId?: string;
  ResourceType?: string;
  Replacement?: string;
}

/** As CloudFormation describes it, with fields that nobody here reads. */
function changeSet(changes: Change[], more: object = {}) {
  return {
    ChangeSetName: "ci-1",
    StackName: "LineGenesysBridge-Thailand",
    Status: "CREATE_COMPLETE",
    ExecutionStatus: "AVAILABLE",
    Capabilities: ["CAPABILITY_IAM"],
    Changes: changes.map((change) => ({
      Type: "Resource",
      ResourceChange: {
        LogicalResourceId: "Inbound",
        ResourceType: "AWS::SQS::Queue",
        Scope: ["Properties"],
        Details: [],
        ...change,
      },
    })),
    ...more,
  };
}

describe("what a change set loses", () => {
  it.each([
    [{ Action: "Remove" }, "removed"],
    [{ Action: "Modify", Replacement: "True" }, "replaced"],
    [{ Action: "Modify", Replacement: "Conditional" }, "perhaps replaced"],
    [{ Action: "Modify" }, "perhaps replaced"],
    [{ Action: "Dynamic" }, "changed by Dynamic"],
    [{ Action: "Explode" }, "changed by Explode"],
  ])("is a queue by %j: %s", (change, how) => {
    expect(lossesIn(changeSet([change]))).toEqual([
      { id: "Inbound", type: "AWS::SQS::Queue", how },
    ]);
  });

  it.each([
    { Action: "Add" },
    { Action: "Import" },
    { Action: "Modify", Replacement: "False" },
    { Action: "Remove", ResourceType: "AWS::CloudWatch::Alarm" },
    { Action: "Modify", Replacement: "True", ResourceType: "AWS::Lambda::Function" },
  ])("is nothing by %j", (change) => {
    expect(lossesIn(changeSet([change]))).toEqual([]);
  });

  it.each(HOLDS_DATA)("can be a %s, which the template has", (type) => {
    expect(lossesIn(changeSet([{ Action: "Remove", ResourceType: type }]))).toHaveLength(1);
    expect(Object.keys(synthesize("Japan").findResources(type)).length).toBeGreaterThan(0);
  });

  it("is nothing where there are no changes", () => {
    const StatusReason = "The submitted information didn't contain changes. Submit different …";
    expect(lossesIn({ Status: "FAILED", StatusReason, Changes: [] })).toEqual([]);
  });

  it.each([
    [{ Status: "FAILED", StatusReason: "Transform failed" }, "is FAILED: Transform failed"],
    [{ Status: "CREATE_IN_PROGRESS" }, "is CREATE_IN_PROGRESS"],
    [{ NextToken: "2" }, "has more pages"],
  ])("cannot be told by %j", (more, fault) => {
    expect(() => lossesIn(changeSet([], more))).toThrow(fault);
  });

  it("cannot be told of anything else", () => {
    expect(() => lossesIn({})).toThrow();
    expect(() => lossesIn(changeSet([{ Action: "Remove", ResourceType: 1 as never }]))).toThrow();
  });
});

describe("node .ci/refuse-losses.ts", () => {
  const run = (described: object, ...accepted: string[]) => {
    const { status, stdout } = spawnSync(process.execPath, [".ci/refuse-losses.ts", ...accepted], {
      input: JSON.stringify(described),
      encoding: "utf8",
    });
    return { status, stdout };
  };
  const removed = changeSet([{ Action: "Remove" }]);

  it("ends with 1, and says what would be lost", () => {
    expect(run(removed)).toEqual({
      status: 1,
      stdout:
        "REFUSED: AWS::SQS::Queue Inbound would be removed.\nWhat these hold would be lost. If that is wanted, name them: Inbound\n",
    });
  });

  it("ends with 0 where that is named, and for nothing else", () => {
    expect(run(removed, "Inbound")).toEqual({
      status: 0,
      stdout:
        "accepted: AWS::SQS::Queue Inbound would be removed.\nNothing else that holds data is lost.\n",
    });
    expect(run(removed, "Outbound").status).toBe(1);
  });

  it("ends with 0 where nothing is lost", () => {
    expect(run(changeSet([{ Action: "Add" }])).status).toBe(0);
  });

  it("ends with 1 where it cannot tell", () => {
    expect(run(changeSet([], { Status: "DELETE_PENDING" })).status).toBe(1);
  });
});
