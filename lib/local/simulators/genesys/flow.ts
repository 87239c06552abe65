/** A flow of Architect. */
export interface ArchitectFlow {
  id: string;
  name: string;
  /** `inboundshortmessage` is an inbound message flow. */
  type: string;
  isPublished: boolean;
}
