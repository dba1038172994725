@_exported public import MusterThrift
