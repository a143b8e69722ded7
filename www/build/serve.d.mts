/** For the tests; see serve.mjs. */
export function serve(folders: Record<string, string>, port?: number): Promise<{ url: string; close(): Promise<unknown> }>;
