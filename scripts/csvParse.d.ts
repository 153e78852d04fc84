/** What the core uses of csv-parse, whose own types need Node's. */
export function parse(
  text: string,
  options: {
    delimiter: string;
    relax_column_count: boolean;
    max_record_size: number;
    on_record: (cells: string[], context: { readonly lines: number }) => string[];
  },
): unknown;
