@_exported public import MusterRedis
@_exported public import MusterResilience
