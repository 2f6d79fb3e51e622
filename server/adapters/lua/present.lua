-- The Members whose lease has not run out, if they are others than the caller knows.
--
-- Nobody was added or removed while the version is the same, so that leases can only have run out,
-- and none has while there are as many. Ten thousand names a second would hold up the presses.
--
-- KEYS 1 presence  2 its version, see `lease.lua`
-- ARGV 1 the version that the caller knows  2 how many Members it knows; -1 for none
-- Returns the version, how many, and '' or else a JSON list of them: a list of Redis would take a
-- server ten times as long to read

local version = redis.call('GET', KEYS[2]) or ''
local after = '(' .. whole(now())
local count = redis.call('ZCOUNT', KEYS[1], after, '+inf')
if version == ARGV[1] and count == tonumber(ARGV[2]) then
  return {version, count, ''}
end
local members = redis.call('ZRANGE', KEYS[1], after, '+inf', 'BYSCORE')
return {version, count, #members == 0 and '[]' or cjson.encode(members)}
