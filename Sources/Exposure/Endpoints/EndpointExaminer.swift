import Estate
import Findings
import Network
import Probes

/// Asks each declared interface without credentials, and looks at what it gave away.
struct EndpointExaminer: Sendable {
    let fetcher: HTTPFetcher
    /// Nil: nobody looks for person data.
    let personData: (any PersonDataExaminer)?

    init(_ fetcher: HTTPFetcher, personData: (any PersonDataExaminer)? = nil) {
        self.fetcher = fetcher
        self.personData = personData
    }

    func examine(_ endpoint: Endpoint, scope: Scope) async -> EndpointReading {
        let talk = await Conversation.hold(endpoint.url, fetcher, scope: scope)
        var reading = EndpointReading(
            endpoint, talk.authentication, talk.evidence, isCleartext: talk.isCleartext, isAnswered: talk.isAnswered)
        reading.isServed = talk.last != nil || talk.authentication == .required
        reading.hsts = talk.hsts
        reading.persons = PersonDataReading(talk, personData, subject: endpoint.url.lastWord)
        return reading
    }
}
