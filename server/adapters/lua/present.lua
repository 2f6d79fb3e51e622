-- The Members whose lease has not run out.
--
-- KEYS 1 presence
-- ARGV none
-- Returns a JSON list of Members: a list of Redis would take a server ten times as long to read

local members = redis.call('ZRANGE', KEYS[1], '(' .. whole(now()), '+inf', 'BYSCORE')
return #members == 0 and '[]' or cjson.encode(members)
