-- Raise the hall's revision to at least a number.
--
-- KEYS 1 revision
-- ARGV 1 the least that it shall be
-- Returns the revision

local revision = tonumber(redis.call('GET', KEYS[1]) or '0')
local least = tonumber(ARGV[1])
if least > revision then
  redis.call('SET', KEYS[1], whole(least))
  return whole(least)
end
return whole(revision)
