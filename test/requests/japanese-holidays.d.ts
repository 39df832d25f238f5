declare module "japanese-holidays" {
  const holidays: {
    /** Holidays of a year, substitutes among them when `furikae` is true. */
    getHolidaysOf(year: number, furikae?: boolean): { month: number; date: number; name: string }[];
  };
  export default holidays;
}
