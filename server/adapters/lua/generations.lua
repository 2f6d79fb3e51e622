-- Take a new generation of the voting right of each of these Members, in order.
--
-- KEYS 1 generations, a hash of Members
-- ARGV the Members; one may be named more than once
-- Returns the generations

local taken = {}
for i = 1, #ARGV do
  taken[i] = redis.call('HINCRBY', KEYS[1], ARGV[i], 1)
end
return taken
