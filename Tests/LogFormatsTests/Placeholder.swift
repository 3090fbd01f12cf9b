import LogFormats
import Testing

@Suite struct LogFormatsPlaceholder {}
