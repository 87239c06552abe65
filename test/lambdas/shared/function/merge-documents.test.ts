import {
  type MetricDocument,
  mergeDocuments,
} from "../../../../lambdas/shared/function/merge-documents.ts";

function documentOf(values: Record<string, unknown>, ...names: string[]): MetricDocument {
  const Metrics = names.map((Name) => ({ Name }));
  return { _aws: { Timestamp: 1, CloudWatchMetrics: [{ Metrics }] }, ...values };
}

const listsOf = (documents: readonly MetricDocument[]) =>
  documents.map(({ _aws }) => _aws.CloudWatchMetrics.length);

it("puts into one document what needs no member twice", () => {
  const brand = { brand: "a", Delivered: 1, TimeToLine: [120, 80] };
  const merged = mergeDocuments([
    documentOf(brand, "Delivered", "TimeToLine"),
    documentOf({ kind: "text", Delivered: 1 }, "Delivered"),
    documentOf({ LineAnswered2xx: 2 }, "LineAnswered2xx"),
  ]);
  expect(merged).toEqual([
    {
      _aws: {
        Timestamp: 1,
        CloudWatchMetrics: [
          { Metrics: [{ Name: "Delivered" }, { Name: "TimeToLine" }] },
          { Metrics: [{ Name: "Delivered" }] },
          { Metrics: [{ Name: "LineAnswered2xx" }] },
        ],
      },
      ...brand,
      kind: "text",
      LineAnswered2xx: 2,
    },
  ]);
});

it.each([
  ["two brands", { brand: "a", Delivered: 1 }, { brand: "b", Delivered: 1 }],
  ["two kinds", { kind: "text", Delivered: 1 }, { kind: "image", Delivered: 1 }],
  ["a metric with two values", { brand: "a", Delivered: 2 }, { kind: "text", Delivered: 1 }],
  ["values and values", { brand: "a", Time: [1] }, { kind: "text", Time: [1] }],
])("keeps apart %s", (_, one, other) => {
  expect(listsOf(mergeDocuments([documentOf(one), documentOf(other)]))).toEqual([1, 1]);
});

it("looks through all that there are", () => {
  const merged = mergeDocuments([
    documentOf({ brand: "a", Delivered: 2 }),
    documentOf({ brand: "b", Delivered: 1 }),
    documentOf({ kind: "text", Delivered: 1 }),
  ]);
  expect(listsOf(merged)).toEqual([1, 2]);
});
