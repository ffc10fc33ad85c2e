// Holds documents against the schemas of a contract pack with Ajv: node verdicts.mjs FOLDER_OF_PACK
// A line of JSON in, {"schema": file, "document": base64}; a line out, accepts or refuses. The first line says who answers.
import fs from "node:fs";
import path from "node:path";
import readline from "node:readline";
import Ajv from "ajv/dist/2020.js";

const pack = process.argv[2];
const version = JSON.parse(fs.readFileSync(new URL("package.json", import.meta.resolve("ajv/package.json")))).version;
const inside = "https://pack.invalid/";

// RFC 3339, 5.6; a leap second stands at the end of a day in UTC
function isDateTime(text) {
  const found = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)$/i.exec(text);
  if (!found) {
    return false;
  }
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map(Number);
  const offset = /z/i.test(found[8]) ? [0, 0] : [Number(found[8].slice(1, 3)), Number(found[8].slice(4, 6))];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const isDay = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  const inUtc = hour * 60 + minute - (found[8].startsWith("-") ? -1 : 1) * (offset[0] * 60 + offset[1]);
  const isSecond = second < 60 || (second === 60 && (inUtc + 2880) % 1440 === 1439);
  return isDay && hour < 24 && minute < 60 && isSecond && offset[0] < 24 && offset[1] < 60;
}

// date-time is asserted in packs, all other formats are notes, and x-… keywords mean nothing to either
const ajv = new Ajv.default({ strict: false, formats: { "date-time": isDateTime, int32: true } });
for (const file of fs.readdirSync(pack, { recursive: true }).filter((name) => name.endsWith(".schema.json"))) {
  const schema = JSON.parse(fs.readFileSync(path.join(pack, file), "utf8"));
  ajv.addSchema({ ...schema, $id: inside + file.split(path.sep).join("/") });
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function accepts({ schema, document }) {
  const validate = ajv.getSchema(inside + schema);
  if (!validate) {
    throw new Error(`no schema ${schema}`);
  }
  let value;
  try {
    value = JSON.parse(utf8.decode(Buffer.from(document, "base64")));
  } catch {
    return false;
  }
  return validate(value);
}

console.log(`Ajv ${version}, Node.js ${process.version}`);
for await (const line of readline.createInterface({ input: process.stdin })) {
  process.stdout.write(accepts(JSON.parse(line)) ? "accepts\n" : "refuses\n");
}
