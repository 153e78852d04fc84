import { describe, expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import {
  checkUses,
  checkValues,
  defineOptions,
  settingsShape,
  wanted,
  withCurrentNames,
  withDefaults,
  withEarlierValues,
} from "./option.ts";
import { checkTogether, OptionError, OptionErrors } from "./optionError.ts";
import { mentionedIn, spelled } from "./spelling.ts";

interface Model {
  readonly cell: string;
}

const table = defineOptions<Model>()({
  cell: { schema: z.enum(["lstm", "gru"]), group: "Cells", help: "kind of the cells" },
  cellClip: {
    schema: z.number().min(0),
    group: "Cells",
    help: "bound of cell states",
    use: {
      isUsed: ({ cell }) => cell === "lstm",
      problem: "only LSTMs have cell states",
      remedy: "add {cell=lstm}",
    },
    earlier: 0,
    formerNames: ["clipCells"],
  },
  embedding: { schema: z.int().min(1), default: 256, group: "Sizes", help: "size of embeddings" },
  encoderLayers: {
    schema: z.int().min(1),
    group: "Sizes",
    help: "layers of the encoder",
    earlier: ({ layers }) => layers as number,
  },
});

describe("an option's row", () => {
  test.each([
    [z.int().min(1), "give a whole number from 1"],
    [z.int().min(1).max(1024), "give a whole number from 1 to 1,024"],
    [z.number().min(0).lt(1), "give a number from 0 to below 1"],
    [z.number().gt(0).max(1), "give a number above 0, up to 1"],
    [z.number().positive(), "give a number above 0"],
    [z.enum(["a", "b", "c"]), "give a, b or c"],
    [z.union([z.number().positive(), z.enum(["glorot"])]), "give a number above 0 or glorot"],
    [z.boolean(), "give true or false"],
  ])("says what its option takes", (schema, words) => {
    expect(wanted(schema)).toBe(words);
  });

  test("refuses other values", () => {
    expect(() => checkValues(table, { cellClip: 2 })).not.toThrow();
    expect(() => checkValues(table, { cellClip: -1 })).toThrow(
      "cellClip: -1: give a number from 0.",
    );
  });

  test("refuses an option without an effect", () => {
    expect(() => checkUses(table, { cellClip: 2 }, { cell: "lstm" })).not.toThrow();
    expect(() => checkUses(table, { cellClip: 2 }, { cell: "gru" })).toThrow(
      'cellClip: 2: only LSTMs have cell states; add cell: "lstm", or leave cellClip out.',
    );
  });

  test("fills in its default", () => {
    expect(withDefaults(table, { cell: "gru" })).toEqual({ cell: "gru", embedding: 256 });
    const { embedding, cellClip } = withDefaults(table, { embedding: 8 });
    expectTypeOf(embedding).toEqualTypeOf<number>();
    expectTypeOf(cellClip).toEqualTypeOf<number | undefined>();
    expect(embedding).toBe(8);
    expect(z.object(settingsShape(table)).parse({ cell: "gru" })).toEqual({
      cell: "gru",
      embedding: 256,
    });
  });

  test("says what earlier files meant", () => {
    expect(withCurrentNames(table, { clipCells: 3 })).toEqual({ cellClip: 3 });
    expect(withCurrentNames(table, { clipCells: 3, cellClip: 4 })).toEqual({ cellClip: 4 });
    expect(withEarlierValues(table, { layers: 2 })).toEqual({
      layers: 2,
      cellClip: 0,
      encoderLayers: 2,
    });
  });
});

test("each front spells an error its own way", () => {
  const error = new OptionError({
    key: "attention",
    value: "none",
    problem: "there is no attentional vector to feed",
    remedy: "add {inputFeeding=false}",
  });
  const flags = {
    name: (key: string) => `--${key}`,
    setting: (key: string, value: unknown) =>
      value === false ? `--no-${key}` : `--${key} ${value}`,
  };
  expect(error.message).toBe(
    'attention: "none": there is no attentional vector to feed; add inputFeeding: false.',
  );
  expect(error.spelled(flags)).toBe(
    "--attention none: there is no attentional vector to feed; add --no-inputFeeding.",
  );
  expect(mentionedIn(error.remedy)).toEqual(["inputFeeding"]);
  expect(spelled("{window=5} or {window}", flags)).toBe("--window 5 or --window");
});

describe("checks made together", () => {
  const fail = (key: string) => () => {
    throw new OptionError({ key, remedy: "give one" });
  };
  const thrownBy = (...checks: (() => void)[]): unknown => {
    try {
      checkTogether(...checks);
    } catch (error) {
      return error;
    }
    return undefined;
  };

  test("report every fault in one error, in order", () => {
    const nested = () => checkTogether(fail("b"), fail("c"));
    const error = thrownBy(fail("a"), () => {}, nested);
    expect(error).toBeInstanceOf(OptionErrors);
    expect((error as Error).message).toBe("a: give one. b: give one. c: give one.");
    expect((error as OptionErrors).faults.map(({ key }) => key)).toEqual(["a", "b", "c"]);
  });

  test("report one fault as it is, and none as nothing", () => {
    expect(thrownBy(fail("a"))).not.toBeInstanceOf(OptionErrors);
    expect(thrownBy(() => {})).toBeUndefined();
  });

  test("pass on another error, unless an option at fault may have caused it", () => {
    const stumble = () => {
      throw new TypeError("broken");
    };
    expect(thrownBy(stumble, fail("a"))).toBeInstanceOf(TypeError);
    expect((thrownBy(fail("a"), stumble) as Error).message).toBe("a: give one.");
  });
});
