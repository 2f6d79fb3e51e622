-- The identity of this store's data, set if it has none yet.
--
-- KEYS 1 incarnation
-- ARGV 1 a fresh one
-- Returns {incarnation, '1' if it was just set, else '0'}

local set = redis.call('SET', KEYS[1], ARGV[1], 'NX')
return {redis.call('GET', KEYS[1]), set and '1' or '0'}
