/** An operator's account of LINE, and where its platform is. */
export interface Account {
  operator: string;
  token: string;
  /** Where calls and where files go, without a slash at the end. */
  apiBase: string;
  dataBase: string;
}

/** LINE's own addresses. */
export const LINE_API = "https://api.line.me";
export const LINE_DATA_API = "https://api-data.line.me";
