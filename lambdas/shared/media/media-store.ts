import type { Readable } from "node:stream";

/** What is known of a hosted object. */
export interface MediaObject {
  mime: string;
  /** Shown when it is saved; a media type that a browser could run is always saved, never shown. */
  fileName?: string;
  /** ASCII names and values. */
  details?: Record<string, string>;
}

/**
 * The bucket of hosted media, served under unguessable keys without credentials. Every call throws
 * RetryableFailure when S3 cannot be reached.
 */
export interface MediaStore {
  /**
   * Stores a stream of unknown length without buffering it whole; resolves to its bytes. Errors of the stream are
   * thrown as they are, and nothing is left behind.
   */
  put(key: string, body: Readable, object: MediaObject, signal?: AbortSignal): Promise<number>;
  /** Undefined if nothing is stored under the key. */
  find(key: string): Promise<(MediaObject & { bytes: number }) | undefined>;
  /** An object with its content; undefined if nothing is stored under the key. The content throws RetryableFailure, too. */
  read(key: string): Promise<(MediaObject & { bytes: number; body: Readable }) | undefined>;
  /** The first of the objects whose key begins so; undefined if there is none. */
  findFirst(prefix: string): Promise<(MediaObject & { bytes: number; key: string }) | undefined>;
  /** Deletes everything whose key begins so. */
  deleteAll(prefix: string): Promise<void>;
  /** Where an object is served. */
  urlOf(key: string): string;
}
