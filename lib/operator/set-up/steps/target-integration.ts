import type { OpenIntegration } from "../../platforms/open-integrations.ts";

/** The integration that set-up works on. */
export interface TargetIntegration {
  name: string;
  /** As it is while set-up plans; undefined where an earlier change creates it. */
  present: OpenIntegration | undefined;
  /** As it is once the earlier changes are made. */
  made(): Promise<OpenIntegration>;
}
