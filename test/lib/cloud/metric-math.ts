/** One value of each metric that an alarm's expression names; one that is left out has no data. */
export type Values = Record<string, number | undefined>;

/**
 * What an expression of CloudWatch's metric math gives for one period: the part of the language that the alarms use,
 * FILL, IF, SUM and MAX of lists, numbers, AND, OR and the operators that JavaScript has, too.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function evaluate(expression: string, values: Values): number {
  const names = [...new Set(expression.match(/\b[a-z][A-Za-z0-9_]*/g) ?? [])];
  const code = expression.replaceAll(" AND ", " && ").replaceAll(" OR ", " || ");
  const run = new Function(...Object.keys(FUNCTIONS), ...names, `return Number(${code})`);
  return run(...Object.values(FUNCTIONS), ...names.map((name) => values[name]));
}

const FUNCTIONS = {
  FILL: (value: number | undefined, otherwise: number) => value ?? otherwise,
  IF: (isTrue: boolean, then: number, otherwise: number) => (isTrue ? then : otherwise),
  SUM: (values: number[]) => values.reduce((total, value) => total + value, 0),
  MAX: (values: number[]) => Math.max(...values),
};
