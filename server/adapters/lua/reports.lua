-- The servers whose reports have not lapsed.
--
-- KEYS 1 servers: name -> end|version
-- ARGV none
-- Returns a list: name, version, name, version…

local at = now()
local servers = redis.call('HGETALL', KEYS[1])
local alive = {}
for i = 1, #servers, 2 do
  local ends, version = string.match(servers[i + 1], '^(%d+)|(.*)$')
  if tonumber(ends) > at then
    alive[#alive + 1] = servers[i]
    alive[#alive + 1] = version
  end
end
return alive
