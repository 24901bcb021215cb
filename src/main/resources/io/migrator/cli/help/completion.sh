# Completes the words, options and parameters of migrator in bash, and in zsh by its bashcompinit.
# Made by `migrator completion bash`; for this shell alone: source <(migrator completion bash)

if [ -n "${ZSH_VERSION-}" ]; then
  autoload -U +X compinit && compinit
  autoload -U +X bashcompinit && bashcompinit
fi

# What may stand behind a word; behind none.
_migrator_words() {
  case $1 in
@WORDS@
  esac
}

# Its options; those that take a value end with "=".
_migrator_options() {
  case $1 in
@OPTIONS@
  esac
  echo '@GLOBAL@'
}

# The values of an option of a word.
_migrator_values() {
  case "$1 $2" in
@VALUES@
  esac
}

# The parameters of a job or a word that means one, and their values.
_migrator_parameters() {
  case $1 in
@PARAMETERS@
  esac
}

_migrator_jobs() {
  echo '@JOBS@'
  find jobs -name '*.yaml' 2>/dev/null | sed -n 's|^jobs/\([A-Za-z0-9._-]*\)\.yaml$|\1|p'
}

# The parameters of jobs/NAME.yaml are those of the job it runs.
_migrator_kind() {
  local kind
  kind=$(sed -n 's/^job: *\([a-z]*\).*/\1/p' "jobs/$1.yaml" 2>/dev/null)
  echo "${kind:-$1}"
}

_migrator() {
  local IFS=$' \t\n' rest="${COMP_LINE:0:$COMP_POINT}" program=yes said word= job= value= list= prefix=
  COMPREPLY=()
  # By blanks: the shell itself splits at "=" and ":", too.
  while :; do
    case $rest in
      *' '*) said=${rest%%' '*} rest=${rest#*' '} ;;
      *) break ;;
    esac
    if [ -z "$said" ]; then
      continue
    elif [ -n "$program" ]; then
      program=
    elif [ -n "$value" ]; then
      [ "$value" != --job ] || job=$said
      value=
    else
      case $said in
        --job=*) job=${said#*=} ;;
        -*=* | *=*) ;;
        -*) case " $(_migrator_options "$word" | tr '\n' ' ') " in *" $said= "*) value=$said ;; esac ;;
        *) case " $(_migrator_words "$word") " in *" $said "*) word=${word:+$word }$said ;; esac ;;
      esac
    fi
  done
  [ -z "$job" ] || job=$(_migrator_kind "$job")
  if [ -n "$value" ]; then
    list=$(_migrator_values "$word" "$value")
  else
    case $rest in
      -*=*) prefix=${rest%%=*}= list=$(_migrator_values "$word" "${rest%%=*}") ;;
      -*) list=$(_migrator_options "$word") ;;
      *=*) list=$(_migrator_parameters "${word:-$job}") ;;
      *) list="$([ -n "$job" ] || _migrator_words "$word") $(_migrator_parameters "${word:-$job}" | sed 's/=[^ ][^ ]*/=/g')" ;;
    esac
  fi
  case $list in
    @files)
      # zsh itself completes files only where a word begins.
      if [ -n "${ZSH_VERSION-}" ] && [ -n "$prefix" ]; then
        for said in "${rest#*=}"*; do [ ! -e "$said" ] || COMPREPLY+=("$prefix$said"); done
      fi
      type compopt >/dev/null 2>&1 && compopt +o nospace 2>/dev/null
      return 0
      ;;
    @jobs) list=$(_migrator_jobs) ;;
  esac
  type compopt >/dev/null 2>&1 && compopt +o default 2>/dev/null
  for said in $list; do
    case $said in -[!-]=) said=${said%=} ;; esac
    said=$prefix$said
    case $said in "$rest"*) ;; *) continue ;; esac
    case $rest$said in
      *=*=) continue ;;
      *=) ;;
      *) said="$said " ;;
    esac
    # Where the shell took "key=" for a word of its own, it wants what comes behind.
    case ${COMP_WORDBREAKS-}:$rest in *=*:*=*) said=${said#*=} ;; esac
    case " ${COMPREPLY[*]-} " in *" $said "*) ;; *) COMPREPLY+=("$said") ;; esac
  done
  return 0
}

complete -o default -o nospace -F _migrator migrator
