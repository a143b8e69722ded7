
/** What every function here throws. Nothing has changed then. */
export interface LandfallError extends Error {
    /** A stable word in kebab-case. */
    code: string;
    /** Where: a JSON pointer into the request, or for files a line and a column. */
    path?: string;
}
