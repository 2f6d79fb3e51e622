#!lua
-- What every script about a box shares. It is put before each of them when they are loaded.
-- The first line makes Redis check memory and role before a script starts, so that a script is
-- either refused whole or runs whole.
--
-- A box is a hash: version (of these scripts), fence, incarnation, phase, n, chain, mask ('' for
-- none), opened_at, closes_at, remaining, closed_at (milliseconds, '' for none), last_call,
-- revocable, auto_close ('0' or '1'), disclosure, choices (a JSON list, for its order) and one
-- 'count:' field for each choice. Once its timer was looked at by `keep_time`: looked, when that
-- was last.

local VERSION = '2'

-- Redis refuses more arguments than its Lua stack holds; a large group goes in slices.
local SLICE = 1000

-- How far the clock may be from what a server says has passed before it has jumped, and how long
-- ago `keep_time` may have been for this clock to be believed, both in milliseconds.
local JUMP = 5000

local function now()
  local time = redis.call('TIME')
  return tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
end

-- Lua would write a large whole number as 1e+14.
local function whole(number)
  return string.format('%.0f', number)
end

local function read_box(key)
  local flat = redis.call('HGETALL', key)
  if #flat == 0 then
    return nil
  end
  local box = {}
  for i = 1, #flat, 2 do
    box[flat[i]] = flat[i + 1]
  end
  if box.version ~= VERSION then
    error({err = 'BOXVERSION ' .. (box.version or '1')})
  end
  return box
end

local function set(key, box, field, value)
  box[field] = value
  redis.call('HSET', key, field, value)
end

local function latched(box)
  return box.phase == 'closed' or box.phase == 'cancelled'
end

-- A box that closes by itself has been closed since closes_at: it took nothing later. Where nobody
-- has looked for long the clock may have jumped: `keep_time` knows, and comes within a second.
local function latch_if_due(key, box, at)
  if box.auto_close == '1' and box.phase == 'open' and box.closes_at ~= ''
    and at >= tonumber(box.closes_at) and at - (tonumber(box.looked or '') or at) <= JUMP then
    set(key, box, 'phase', 'closed')
    set(key, box, 'closed_at', box.closes_at)
  end
end

-- Where the box has a mask, neither it nor the running hash ever leaves the box.
local function state(box, votes_key, revision_key)
  if box.mask ~= '' then
    box.chain = redis.sha1hex(box.mask .. '|' .. box.chain)
  end
  box.mask = nil
  box.voters = whole(redis.call('HLEN', votes_key))
  box.revision = redis.call('GET', revision_key) or '0'
  return cjson.encode(box)
end
