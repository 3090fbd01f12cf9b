import Sigma
import Testing

@Suite struct SigmaPlaceholder {}
