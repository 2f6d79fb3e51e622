-- The Members whose lease has not run out.
--
-- KEYS 1 presence
-- ARGV none
-- Returns a list of Members

return redis.call('ZRANGE', KEYS[1], '(' .. whole(now()), '+inf', 'BYSCORE')
