import Findings

extension HTTPProducts {
    /// FHIR (HL7): the capability statement is public by the specification; a search that only counts patients isn't.
    static let fhir = HTTPProduct(
        .fhir,
        [
            .request(fhirJSON("/fhir/metadata"), .always) { capability($0, base: "/fhir") },
            .request(fhirJSON("/metadata"), .hinted { isOutcome($0) || $0.title?.contains("FHIR") == true }) { capability($0, base: "") },
        ]
    ) { identity in
        [
            HTTPProof(fhirJSON("\(identity.base)/Patient?_summary=count")) { answer in
                guard answer.json?["resourceType"]?.text == "Bundle", answer.json?["type"]?.text == "searchset",
                    let patients = answer.json?["total"]?.integer, patients >= 0
                else { return nil }
                return Message("exposure.fhir-patients", ["patients": .count(patients)])
            }.with { $0.refuses = isRefused }
        ]
    }

    private static func fhirJSON(_ path: String) -> HTTPRequest { HTTPRequest(path, accept: "application/fhir+json, application/json;q=0.9") }

    private static func capability(_ answer: HTTPAnswer, base: String) -> HTTPIdentity? {
        guard answer.isOK, let json = answer.json, ["CapabilityStatement", "Conformance"].contains(json["resourceType"]?.text),
            json["fhirVersion"]?.text != nil
        else { return nil }
        return HTTPIdentity(product: product(json["software"]?["name"]?.text), version: json["software"]?["version"]?.text, base: base)
    }

    /// Only names that are known are shown.
    private static func product(_ name: String?) -> String? {
        let names = ["HAPI FHIR", "Firely Server", "Smile CDR", "LinuxForHealth FHIR Server", "IBM FHIR Server", "Microsoft FHIR Server", "Medplum"]
        return names.first { name?.lowercased().contains($0.lowercased()) == true }
    }

    private static func isOutcome(_ answer: HTTPAnswer) -> Bool { answer.json?["resourceType"]?.text == "OperationOutcome" }

    /// The codes of an issue that stand for security (value set issue-type).
    @Sendable private static func isRefused(_ answer: HTTPAnswer) -> Bool {
        guard isOutcome(answer), let issues = answer.json?["issue"]?.list else { return false }
        return issues.contains { ["security", "login", "forbidden", "expired"].contains($0["code"]?.text) }
    }
}
