/** @file The characters that text in another form of Chinese has in place of those of the standard written form. */

import { simplifiedCharacters } from "./traditionalCharacters.ts";

/** Letters, digits and marks of other widths. */
const widths: readonly (readonly [string, string])[] = [
  ..."０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ％＋－＝＃＠＆／",
].map((wide) => [wide, String.fromCharCode(wide.charCodeAt(0) - 0xfee0)] as const);
const marks: readonly (readonly [string, string])[] = [
  ["「", "“"],
  ["」", "”"],
  ["『", "‘"],
  ["』", "’"],
  ["｡", "。"],
  ["､", "、"],
  ["‧", "·"],
  ["・", "·"],
  ["⋯", "…"],
];

/** The characters that become others wherever they are, of one UTF-16 code unit each. */
export function chineseCharacters(): ReadonlyMap<string, string> {
  return new Map([...simplifiedCharacters(), ...widths, ...marks]);
}
