// Judges Content Security Policies with Google's CSP Evaluator: node policy.mjs POLICY...
//
// Prints a JSON list with a list for every policy: findings, each with severity, directive, value and description.
// Says nothing of what may stay: tests/test_headers.py does.

import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { CspEvaluator } = require("csp_evaluator/dist/evaluator.js");
const { CspParser } = require("csp_evaluator/dist/parser.js");
const { Severity } = require("csp_evaluator/dist/finding.js");

const judged = process.argv.slice(2).map((policy) =>
  new CspEvaluator(new CspParser(policy).csp).evaluate().map(({ severity, directive, value, description }) => ({
    severity: Severity[severity],
    directive,
    value,
    description,
  })),
);
console.log(JSON.stringify(judged, null, 1));
