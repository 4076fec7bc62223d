// The vocabulary of schema.org, read from the type declarations of the npm package `schema-dts`.
//
// The declarations are made by a program from schema.org's own file and are of four shapes, one a line. A line that
// is none of them stops everything, so that another version of the package is never half read:
//
//     export type City = CityLeaf | ...;                          kinds (subtypes) and members of enumerations
//     export interface CityLeaf extends PlaceBase {  "@type": "City";      the name that stands in JSON-LD
//     interface PlaceBase extends ThingBase {                     what follows are properties of Place
//         "address"?: SchemaValue<PostalAddress | Text | IdReference, "address">;           a property's range

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const SCHEMA = "https://schema.org/";
const DEPRECATED = "@deprecated ";
const COMMENT = String.raw`(?:\/\*\*((?:(?!\*\/)[^])*)\*\/\s*)?`;
const ALIAS = new RegExp(String.raw`^${COMMENT}export type (?!WithActionConstraints\b)(\w+)(?:<.*?>)? = (.*);$`, "gm");
const LEAF = /^export (?:interface|type) (\w+)Leaf\b.*\{\n {4}"@type": "([^"]+)";/gm;
const BASE = /^interface (\w+)Base extends .*\{\n([^]*?)^\}/gm;
const PROPERTY = new RegExp(String.raw`${COMMENT}"(\w+)"\??: SchemaValue<([^<>]+), "\w+">;`, "g");

const declarations = fileURLToPath(new URL("schema.d.ts", import.meta.resolve("schema-dts")));

/**
 * Returns `{types, properties}`, both by name. A type has its parents, its own properties, the members that it lists
 * as an enumeration and whether it is a data type; a property has its range; both may be deprecated.
 */
export function read(path = declarations) {
  const text = readFileSync(path, "utf8");
  const names = new Map(Array.from(text.matchAll(LEAF), ([, id, name]) => [id, name]));
  const nameOf = (id) => names.get(id) ?? id;
  const types = new Map();
  const properties = new Map();
  const aliases = Array.from(text.matchAll(ALIAS));
  for (const [, comment, id] of aliases) {
    const isData = !names.has(id);
    types.set(nameOf(id), { parents: [], properties: [], members: [], isData, deprecated: advice(comment) });
  }
  for (const [, , id, union] of aliases) {
    for (const part of split(union)) {
      if (part.startsWith('"')) types.get(nameOf(id)).members.push(part.slice(1, -1).replace(SCHEMA, ""));
      else if (types.has(nameOf(part))) types.get(nameOf(part)).parents.push(nameOf(id));
      else if (part !== `${id}Leaf` && !/^(string|number|boolean|`.*`)$/.test(part)) throw unread(part);
    }
  }
  for (const [, id, body] of text.matchAll(BASE)) {
    const found = Array.from(body.matchAll(PROPERTY));
    if (found.length !== (body.match(/^ {4}"/gm) ?? []).length) throw unread(`${id}Base`);
    for (const [, comment, property, union] of found) {
      types.get(nameOf(id)).properties.push(property);
      const entry = properties.get(property) ?? { range: new Set(), deprecated: advice(comment) };
      for (const part of split(union)) if (part !== "IdReference") entry.range.add(nameOf(part));
      properties.set(property, entry);
    }
  }
  for (const [name, { range }] of properties)
    for (const type of range) if (!types.has(type)) throw unread(`${type}, a range of ${name}`);
  if (types.size < 900 || properties.size < 1400) throw unread(`all but ${types.size} types`);
  return { types, properties };
}

/** Returns the vocabulary in the form of schema.org's own file, as far as the judge of Google's rules reads it. */
export function asJsonLd({ types, properties }) {
  const ids = (list) => Array.from(list, (name) => ({ "@id": `schema:${name}` }));
  const domains = new Map(Array.from(properties.keys(), (name) => [name, []]));
  for (const [type, { properties: own }] of types) for (const name of own) domains.get(name).push(type);
  return {
    "@graph": [
      ...Array.from(types, ([name, { parents }]) => ({
        "@id": `schema:${name}`,
        "@type": "rdfs:Class",
        "rdfs:subClassOf": ids(parents),
      })),
      ...Array.from(domains, ([name, domain]) => ({
        "@id": `schema:${name}`,
        "@type": "rdf:Property",
        "schema:domainIncludes": ids(domain),
      })),
    ],
  };
}

function split(union) {
  return union.replace(/(?<=\w)<.*?>/g, "").split(" | ");
}

function advice(comment) {
  const at = comment?.indexOf(DEPRECATED) ?? -1;
  return at < 0 ? "" : comment.slice(at + DEPRECATED.length).split("\n")[0].trim();
}

function unread(what) {
  return new Error(`schema-dts has declarations that vocabulary.mjs cannot read: ${what}`);
}
