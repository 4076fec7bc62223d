// Judges the structured data of built sites: node structured_data.mjs FOLDER...
//
// Prints a JSON list with an object for every HTML file: `file`, the number of `nodes` that were judged, and
// `messages`, each with its judge ("google" or "vocabulary"), severity, node ("Person > hasCredential") and text.
// Says nothing of what may stay: tests/test_structured_data.py does.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import WebAutoExtractor from "@marbec/web-auto-extractor";
import Validator from "@adobe/structured-data-validator";

import { asJsonLd, read } from "./vocabulary.mjs";

const vocabulary = read();
const google = new Validator(asJsonLd(vocabulary));

// A type and all types that it is a kind of.
const KINDS = new Map(Array.from(vocabulary.types.keys(), (name) => [name, kindsOf(name)]));

// How a value of a data type is written; the ones that are not here are any text.
const FORMS = {
  Boolean: (value) => typeof value === "boolean" || ["True", "False"].includes(bare(value)),
  Date: (value) => /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)),
  DateTime: (value) =>
    /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?$/.test(value) && !Number.isNaN(Date.parse(value)),
  Duration: (value) => /^P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?$/.test(value),
  Float: (value) => isNumber(value),
  Integer: (value) => isNumber(value) && Number.isInteger(Number(value)),
  Number: (value) => isNumber(value),
  Time: (value) => /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?(Z|[+-]\d\d:\d\d)?$/.test(value),
  URL: (value) => isText(value) && URL.canParse(value),
};

function kindsOf(name) {
  return new Set([name, ...vocabulary.types.get(name).parents.flatMap((parent) => [...kindsOf(parent)])]);
}

function isNumber(value) {
  return /^-?\d+(\.\d+)?$/.test(value);
}

function isText(value) {
  return typeof value === "string";
}

function isObject(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function listOf(value) {
  return Array.isArray(value) ? value : [value];
}

function bare(name) {
  return String(name).replace(/^https?:\/\/schema\.org\//, "");
}

/** Returns every node of a page that says something, the nested ones too, by id. */
function byId(value, found = new Map()) {
  if (Array.isArray(value)) for (const item of value) byId(item, found);
  else if (isObject(value)) {
    if ("@id" in value && "@type" in value) found.set(value["@id"], value);
    byId(Object.values(value), found);
  }
  return found;
}

/** Yields what is wrong with a node, judged by the vocabulary. */
function* judged(node, path, nodes) {
  const message = (text) => ({ judge: "vocabulary", severity: "ERROR", node: path, text });
  const types = listOf(node["@type"]);
  const known = types.filter((type) => vocabulary.types.get(type)?.isData === false);
  for (const type of types) {
    if (!known.includes(type)) yield message(`${type} is not a type`);
    const instead = vocabulary.types.get(type)?.deprecated;
    if (instead) yield message(`${type} is deprecated. ${instead}`);
  }
  if (!known.length) return;
  const ancestors = new Set(known.flatMap((type) => [...KINDS.get(type)]));
  const own = new Set([...ancestors].flatMap((type) => vocabulary.types.get(type).properties));
  for (const [name, value] of Object.entries(node)) {
    if (["@context", "@id", "@type"].includes(name)) continue;
    if (!own.has(name)) {
      yield message(`${name} is not a property of ${known.join(" or ")}`);
      continue;
    }
    const { range, deprecated } = vocabulary.properties.get(name);
    if (deprecated) yield message(`${name} is deprecated. ${deprecated}`);
    for (const item of listOf(value)) {
      const wrong = misfit(item, range, nodes);
      if (wrong) yield message(`${name} is ${wrong}, not ${[...range].sort().join(" or ")}`);
      if (isObject(item) && "@type" in item) yield* judged(item, `${path} > ${name}`, nodes);
    }
  }
}

/** Returns what a value is if it is not in a range, else nothing. */
function misfit(value, range, nodes) {
  if (isObject(value)) {
    const node = "@type" in value ? value : nodes.get(value["@id"]);
    if (!node) return "@id" in value ? "an id that no node of the page has" : "an object without a type";
    const types = listOf(node["@type"]);
    // An unknown type is reported where the node is judged.
    const fits = types.some((type) => !KINDS.has(type) || isOf(type, range));
    return fits ? "" : types.join(" and ");
  }
  for (const [name, type] of vocabulary.types) {
    if (!isOf(name, range)) continue;
    if (type.isData ? (FORMS[name] ?? isText)(value) : type.members.includes(bare(value))) return "";
  }
  return isText(value) ? "a text" : `a ${typeof value}`;
}

function isOf(type, range) {
  return [...KINDS.get(type)].some((kind) => range.has(kind));
}

async function judge(file) {
  const data = new WebAutoExtractor().parse(readFileSync(file, "utf8"));
  // A node of several types stands under each of them.
  const roots = [...new Set(Object.values(data.jsonld).flat())];
  const nodes = byId(roots);
  const messages = roots.flatMap((root) => [...judged(root, listOf(root["@type"]).join(), nodes)]);
  for (const { severity, path, rootType, issueMessage } of await google.validate(data)) {
    const node = (path ?? [{ type: rootType }]).map((part) => part.property ?? part.type).join(" > ");
    messages.push({ judge: "google", severity, node, text: issueMessage });
  }
  return { file, nodes: roots.length, messages };
}

const files = process.argv.slice(2).flatMap((folder) =>
  readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(".html"))
    .sort()
    .map((name) => join(folder, name)),
);
process.stdout.write(JSON.stringify(await Promise.all(files.map(judge)), null, 1));
