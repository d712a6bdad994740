/** What a program gets. Without `body`, nothing but the status. */
export interface Answer {
  status: number;
  body?: object | undefined;
}
