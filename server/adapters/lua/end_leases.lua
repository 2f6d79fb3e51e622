-- End the leases of some Members now.
--
-- KEYS 1 presence  2 its version, see `lease.lua`
-- ARGV 1 a JSON list of the Members  2 a name that was never given before
-- Returns how many leases ended

local members = cjson.decode(ARGV[1])
local ended = 0
for first = 1, #members, SLICE do
  local last = math.min(first + SLICE - 1, #members)
  ended = ended + redis.call('ZREM', KEYS[1], unpack(members, first, last))
end
if ended > 0 then
  redis.call('SET', KEYS[2], ARGV[2])
end
return ended
