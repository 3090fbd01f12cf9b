import Findings

extension HTTPProducts {
    /// Orthanc's REST API. The description of the system needs a user where authentication is on; counts are the evidence, and no list of patients
    /// or studies is ever asked for.
    static let orthanc = HTTPProduct(
        .orthanc,
        [
            .root { answer in
                if answer.status == 401, answer.realm == "Orthanc Secure Area" { return HTTPIdentity(refusal: answer.refused) }
                return answer.led(to: "/app/explorer.html") || answer.led(to: "/ui/app/") || answer.title == "Orthanc Explorer" ? HTTPIdentity() : nil
            },
            .request("/system", .expected) { answer in isSystem(answer) ? HTTPIdentity() : nil },
        ], proofs: [system]
    ).with {
        $0.accounts = [DefaultAccount(user: "orthanc", password: "orthanc", source: "Orthanc Book: Docker images, default credentials")]
        $0.login = system
    }

    private static let system = HTTPProof("/system") { isSystem($0) ? $0.answered : nil }.with {
        $0.version = { $0.json?["Version"]?.text }
        $0.figures = HTTPFigures(request: "/statistics") { answer in
            guard let patients = count(answer, "CountPatients"), let studies = count(answer, "CountStudies") else { return nil }
            return Message("exposure.orthanc-statistics", ["patients": .count(patients), "studies": .count(studies)])
        }
    }

    private static func isSystem(_ answer: HTTPAnswer) -> Bool {
        answer.isOK && answer.json?.has("DicomAet", "DicomPort", "ApiVersion") == true && answer.json?["Version"]?.text != nil
    }

    private static func count(_ answer: HTTPAnswer, _ key: String) -> Int? { answer.json?[key]?.integer.flatMap { $0 < 0 ? nil : $0 } }
}
