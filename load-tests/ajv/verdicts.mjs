// Holds documents against the schemas of a contract pack with Ajv: node verdicts.mjs FOLDER_OF_PACK
// A line of JSON in, {"schema": file, "document": base64}; a line out, accepts or refuses. The first line says who answers.
import fs from "node:fs";
import path from "node:path";
import readline from "node:readline";
import Ajv from "ajv/dist/2020.js";

const pack = process.argv[2];
const version = JSON.parse(fs.readFileSync(new URL("package.json", import.meta.resolve("ajv/package.json")))).version;
const inside = "https://pack.invalid/";

// format is a note in packs, and x-… keywords are nobody's
const ajv = new Ajv.default({ strict: false, validateFormats: false });
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
