/// Sigma rules (https://sigmahq.io): read, checked, matched against events of logs.
package enum Sigma {}
