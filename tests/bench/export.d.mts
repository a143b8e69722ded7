/** What a Jira export of `rows` issues says, of which `open` are not finished. */
export function jiraExport(rows: number, open: number): string;
